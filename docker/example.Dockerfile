# A web app on Lambda. Build docker/Dockerfile first, then in the project's root:
#   docker build -t hello-on-lambda -f docker/example.Dockerfile .
ARG ADAPTER=lambda-web-adapter
ARG BASE=node:24-slim
FROM ${ADAPTER} AS adapter

FROM ${BASE}
COPY --from=adapter /opt /opt
WORKDIR /var/task
COPY examples/hello/server.mjs ./
ENV PORT=8080
# /opt/bootstrap tells the adapter how many invocations Lambda Managed Instances sends at once.
CMD ["/opt/bootstrap", "node", "server.mjs"]
