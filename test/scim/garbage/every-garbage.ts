// Every kind of request that nobody should send, by what is odd about it.
import { brokenBody } from './broken-bodies.ts';
import { addressRequest, headerRequest } from './odd-addresses.ts';
import { queryRequest, searchRequest } from './odd-queries.ts';
import { rawRequest } from './raw-bodies.ts';

export const everyGarbage = {
  'bodies that begin well': brokenBody,
  'bodies of any bytes': rawRequest,
  queries: queryRequest,
  searches: searchRequest,
  addresses: addressRequest,
  headers: headerRequest,
} as const;
