# The release image. Written with care, not yet run: no Docker engine was at hand. See README.

FROM rust:1.96-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
RUN rustup target add wasm32-unknown-unknown
RUN cargo install cargo-leptos --version 0.3.11 --locked --features no_downloads
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
RUN cargo install wasm-bindgen-cli --version "$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)"
RUN npm install --global binaryen@132.0.0
COPY . .
ENV SQLX_OFFLINE=true
RUN cargo leptos build --release -P

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* && useradd --system --no-create-home smoothschedule
WORKDIR /app
# The file of hashes stands beside the program: it names the built files.
COPY --from=build /src/target/release/smoothschedule /src/target/release/hash.txt /app/
COPY --from=build /src/target/site /app/site
ENV LEPTOS_SITE_ROOT=/app/site LISTEN=0.0.0.0:3000
USER smoothschedule
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s CMD curl -fsS http://127.0.0.1:3000/healthz || exit 1
ENTRYPOINT ["/app/smoothschedule"]
CMD ["serve"]
