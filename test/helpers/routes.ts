// Which routes a server has, read from the server itself, so that a test cannot forget one. Knows Fastify's own drawing.
import type { FastifyInstance } from 'fastify';

export interface Route {
  readonly method: string;
  /** With its parameters: "/c/:connectionId/scim/v2/Users/:id". */
  readonly path: string;
}

/** Every route with every method that it answers. */
export function routesOf(app: FastifyInstance): readonly Route[] {
  const parts: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^(?<indent>(?:│ {3}| {4})*)[├└]── (?<part>\S*)(?: \((?<methods>[^)]+)\))?/.exec(line);
      if (!found?.groups) return [];
      const { indent = '', part = '', methods } = found.groups;
      parts.splice(indent.length / 4, Number.POSITIVE_INFINITY, part);
      const path = parts.join('');
      return methods === undefined ? [] : methods.split(', ').map((method) => ({ method, path }));
    });
}
