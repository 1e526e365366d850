# The bot alone: what it runs on, its own packages, a person without rights. No build tools, no tests.

FROM python:3.11-slim AS libraries
COPY requirements.lock ./
RUN python -m venv --without-pip /opt/homeward \
    && pip --python /opt/homeward/bin/python install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin homeward \
    && install -d -o homeward -g homeward -m 0700 /data /keys
COPY --from=libraries /opt/homeward /opt/homeward
WORKDIR /opt/homeward/app
COPY exchange exchange
COPY messages messages
COPY storage storage
COPY handlers handlers
COPY bot bot
COPY ledgers ledgers

# The database and the key that opens it never lie in one place: two volumes.
ENV PATH=/opt/homeward/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CONFIG_HOME=/keys \
    HOMEWARD_DATABASE_URL=sqlite+aiosqlite:////data/homeward.db
VOLUME ["/data", "/keys"]

USER 10001
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
