FROM node:24-slim AS build
WORKDIR /signalbox
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000
WORKDIR /signalbox
COPY --from=build --chown=node:node /signalbox/.next/standalone ./
COPY --from=build --chown=node:node /signalbox/dist ./dist
USER node
EXPOSE 3000
# Other commands of this image: node dist/migrate.mjs, node dist/worker.mjs
CMD ["node", "server.js"]
