// Where short messages appear. A file of its own so that no page waits for it to paint.
import { Notifications } from '@mantine/notifications';

export function MessageArea() {
  return <Notifications position="bottom-center" limit={2} autoClose={6000} />;
}
