// Style sheets as the bundler gives them: the names of the classes.
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: this is how a bundler gives a module of styles
  export default classes;
}

declare module '*.css';
