// The styles of the components that this page uses, beside those of every page.
import '@mantine/core/styles/Tabs.layer.css';
