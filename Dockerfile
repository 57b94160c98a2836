# syntax=docker/dockerfile:1

FROM node:24-slim AS console
WORKDIR /console
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY static ./
RUN npm run build

FROM python:3.12-slim AS packages
WORKDIR /build
COPY pyproject.toml ./
# The dependencies alone, so that a change of code does not install them again; without the extras: the stores that come
# in wheels are for development.
RUN --mount=type=cache,target=/root/.cache/pip <<LIST
set -eu
python -m venv /venv
python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > list
/venv/bin/pip install --disable-pip-version-check --no-compile --requirement list
/venv/bin/python -m compileall -q -j 0 /venv/lib
LIST

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin balcao \
    && install --directory --owner=balcao --group=balcao --mode=700 /secrets
WORKDIR /balcao
COPY --from=packages /venv /venv
COPY --from=console /console/dist static/dist
COPY pyproject.toml LICENSE ./
COPY tenants tenants
COPY server server
COPY workers workers
RUN /venv/bin/python -m compileall -q tenants server workers

ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    APP_ENV=production HOST=0.0.0.0 PORT=3001 LOG_FORMAT=json
USER balcao
EXPOSE 3001
STOPSIGNAL SIGTERM
CMD ["python", "-m", "server", "web"]
