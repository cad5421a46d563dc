// A tap on the wire between the server and PostgreSQL. It passes every byte on and writes down which statements are sent,
// in which order and in how many round trips: pgbench then gets what the server really does, not what somebody thinks.
import net from 'node:net';

const START_UP = 196608;
const until0 = (buffer, from) => {
  const end = buffer.indexOf(0, from);
  return [buffer.toString('utf8', from, end), end + 1];
};

export class Tap {
  /** The settings that the server asks for as it connects, such as its timeouts. */
  settings = '';
  #events = [];
  #listener;

  /** Listens on a port of its own; tells which. */
  async start(host, port) {
    this.#listener = net.createServer((client) => this.#pass(client, net.connect(port, host)));
    await new Promise((done) => this.#listener.listen(0, '127.0.0.1', done));
    return this.#listener.address().port;
  }

  stop() {
    this.#listener.close();
  }

  /** What was sent since the last call: `{sql}` for a statement, `{trip: true}` for a message that waits for its answer. */
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
        const head = begun ? 1 : 0; // the first messages have a length and no letter
        const length = rest.length < head + 4 ? Infinity : head + rest.readInt32BE(head);
        if (rest.length < length) return;
        const body = rest.subarray(head + 4, length);
        if (begun) {
          this.#read(String.fromCharCode(rest[0]), body, statements, portals);
        } else if (body.readInt32BE(0) === START_UP) {
          begun = true;
          this.settings = /\0options\0([^\0]*)/.exec(body.toString())?.[1] ?? '';
        }
        rest = rest.subarray(length);
      }
    });
    database.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [[client, database], [database, client]]) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  }

  #read(letter, body, statements, portals) {
    const [first, next] = until0(body, 0);
    if (letter === 'Q') this.#events.push({ sql: first }, { trip: true });
    else if (letter === 'P') statements.set(first, until0(body, next)[0]);
    else if (letter === 'B') portals.set(first, until0(body, next)[0]);
    else if (letter === 'E') this.#events.push({ sql: statements.get(portals.get(first)) });
    else if (letter === 'S') this.#events.push({ trip: true });
  }
}
