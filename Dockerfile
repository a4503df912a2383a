# Node runs the TypeScript sources directly: there is no build stage.
#
#   docker build -t tocsin .
#   docker run -d --name tocsin --env-file .env -v tocsin-data:/app/data \
#     -v ./config/tocsin.yaml:/app/config/tocsin.yaml:ro tocsin
FROM node:24-slim

# The program, with what it ships, apart from /app, where the operator's configuration and data are: a folder that is
# mounted over /app/config hides no shipped topic.
WORKDIR /opt/tocsin
ENV NODE_ENV=production \
    TOCSIN_DATA=/app/data

COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

COPY LICENSE ./
COPY config ./config
COPY src ./src

# A new volume takes over the owner of the folder it covers.
WORKDIR /app
RUN mkdir config data && chown node:node data
VOLUME /app/data
USER node

HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
  CMD ["node", "/opt/tocsin/src/main.ts", "doctor", "--health"]

# node itself, not npm, which would end on SIGTERM before the app has finished.
CMD ["node", "/opt/tocsin/src/main.ts", "start"]
