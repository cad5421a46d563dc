// A tap on the wire between the server and PostgreSQL: it passes every byte on and writes down which statements the
// server sends, in which order and in how many round trips. So pgbench gets what the server really does.
import net from 'node:net';

const UNTYPED = new Set([80877102, 80877103, 80877104]); // cancel, TLS and GSS requests: a start-up message follows
const text = (buffer, from) => {
  const end = buffer.indexOf(0, from);
  return [buffer.toString('utf8', from, end), end + 1];
};

export class Tap {
  #events = [];
  #server;

  /** Listens on a port of its own and passes on to the database. */
  async start(host, port) {
    this.#server = net.createServer((client) => this.#pass(client, net.connect(port, host)));
    await new Promise((done) => this.#server.listen(0, '127.0.0.1', done));
    return this.#server.address().port;
  }

  stop() {
    this.#server.close();
  }

  /** What was sent since the last call: `{sql, kind, values}` of each statement and `{trip: true}` of each round trip. */
  take() {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  #pass(client, database) {
    const statements = new Map(), portals = new Map();
    let begun = false, rest = Buffer.alloc(0);
    client.on('data', (chunk) => {
      database.write(chunk);
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const head = begun ? 1 : 0;
        if (rest.length < head + 4) return;
        const length = head + rest.readInt32BE(head);
        if (rest.length < length) return;
        if (begun) this.#read(String.fromCharCode(rest[0]), rest.subarray(5, length), statements, portals);
        else begun = !UNTYPED.has(rest.readInt32BE(4));
        rest = rest.subarray(length);
      }
    });
    database.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [[client, database], [database, client]]) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  }

  #read(kind, body, statements, portals) {
    if (kind === 'Q') {
      this.#events.push({ sql: text(body, 0)[0], kind: 'simple' }, { trip: true });
    } else if (kind === 'P') {
      const [name, next] = text(body, 0);
      statements.set(name, text(body, next)[0]);
    } else if (kind === 'B') {
      const [portal, next] = text(body, 0);
      portals.set(portal, text(body, next)[0]);
    } else if (kind === 'E') {
      this.#events.push({ sql: statements.get(portals.get(text(body, 0)[0])), kind: 'extended' });
    } else if (kind === 'S') {
      this.#events.push({ trip: true });
    }
  }
}
