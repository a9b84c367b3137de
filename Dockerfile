# The server in a small image: what is built in the first stage and nothing else. Configured by environment variables,
# docs/configuration.md; docs/operate.md says how to run it.
FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY scripts scripts
COPY server server
COPY shared shared
RUN node scripts/build.mjs

FROM node:22-slim
WORKDIR /app
# The server is one bundle; only SQLite is native code and stays beside it.
COPY --from=build /app/node_modules/better-sqlite3 node_modules/better-sqlite3
COPY --from=build /app/node_modules/bindings node_modules/bindings
COPY --from=build /app/node_modules/file-uri-to-path node_modules/file-uri-to-path
COPY --from=build /app/dist/server dist/server
COPY package.json LICENSE ./
COPY bin bin
COPY scripts/ensure-built.mjs scripts/ensure-installed.mjs scripts/
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4310 ROLLCALL_DATA_DIR=/data
VOLUME /data
EXPOSE 4310
HEALTHCHECK --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/rollcall.mjs", "serve"]
