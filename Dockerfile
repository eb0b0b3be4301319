# The image of the scale profile: web, worker, beat and migrate are one image with four commands.
# docker-compose.yml runs it; tests/ops checks both files against the settings.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements-scale.txt .
# The file is a complete lock: nothing is resolved, and every download is checked by its hash.
RUN /opt/venv/bin/pip install --no-deps --require-hashes -r requirements-scale.txt

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 opora \
    && useradd --uid 10001 --gid opora --no-create-home --shell /usr/sbin/nologin opora \
    && install -d -o opora -g opora /app /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPORA_VAR=/data \
    STATIC_ROOT=/app/static
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY --chown=opora:opora . .
USER opora
# Both need no secret and no server; the key that the embedded profile makes for itself stays in a folder thrown away.
RUN python -m ops.catalogue compile \
    && OPORA_VAR=/tmp/build OPORA_PROFILE=embedded python manage.py collectstatic --noinput -v0 \
    && rm -rf /tmp/build
ENV OPORA_PROFILE=scale
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "ops.healthcheck", "/livez"]
CMD ["gunicorn", "--config", "python:ops.gunicorn", "lms.wsgi:application"]
