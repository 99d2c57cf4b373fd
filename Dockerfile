# One image for the site, the worker and the set-up step. Chromium draws pictures of charts for exports.
FROM python:3.13-slim-trixie

RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-dejavu-core fontconfig \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 dipwatch \
    && install -d -o dipwatch -g dipwatch -m 700 /app/var

WORKDIR /app
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1

COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: -r requirements.lock

COPY manage.py gunicorn.conf.py ./
COPY dipwatch dipwatch
COPY articles articles
COPY positions positions
COPY templates templates
COPY static static
# The key is for this step only; what it makes does not depend on it.
RUN DIPWATCH_SECRET_KEY=unused python manage.py collectstatic --noinput --verbosity 0

USER dipwatch
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8000/healthz', timeout=8)"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000"]
