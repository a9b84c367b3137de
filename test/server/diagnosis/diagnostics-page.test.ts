import { expect, test } from 'vitest';
import { diagnosticsPage } from '../../helpers/diagnostics-page.ts';

test('docs/diagnostics.md says what the rules say', async () => {
  await expect(diagnosticsPage()).toMatchFileSnapshot('../../../docs/diagnostics.md');
});
