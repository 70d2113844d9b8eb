# One image for every service: the command says which (`node services/inbox/dist/main.js`).
# Image names are arguments, so that a registry mirror or a local image can stand in.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY libs libs
COPY services services
COPY web web
COPY bench/package.json bench/package.json
COPY tools/simulator tools/simulator
# Not `npm ci`: it refuses a lock file in which an optional package of another platform is not listed (npm/cli#9846).
# Versions are exact in package.json, and the lock file is kept to all the same.
RUN npm install --no-save --loglevel=error
COPY tsconfig.json tsconfig.base.json ./
RUN npm run build
# What runs needs neither the tools of the build nor the web app's packages, which Vite has bundled.
RUN rm -rf node_modules web/src web/public web/node_modules bench \
 && find libs services tools -type d \( -name src -o -name test -o -name node_modules \) -prune -exec rm -rf {} + \
 && npm install --no-save --loglevel=error --omit=dev -w tools/simulator \
    -w services/ingest -w services/routing -w services/inbox -w services/delivery -w services/notify -w services/gateway

FROM ${NODE_IMAGE} AS runtime
ENV NODE_ENV=production PARTYLINE_HOST=0.0.0.0 PORT=8080 WEB_DIST=/app/web/dist
WORKDIR /app
COPY --from=build --chown=0:0 /app ./
# `node tools/bin/partyline.mjs dead list`, and what docker-compose.yml runs before the services.
COPY tools/bin ./tools/bin/
COPY tools/src ./tools/src/
COPY tools/container ./tools/container/
# A new volume takes over whose folder it is.
RUN install -d -o 10001 -g 10001 /var/lib/partyline/media
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "services/gateway/dist/main.js"]
