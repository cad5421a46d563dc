// What no page may do, whatever is tested on it: log errors or warnings, throw, break its policy, fail to load something.

const STATUS = /Failed to load resource: the server responded with a status of (\d+)/;

/** Watches all pages of a test. Statuses from 400 on have to be announced, and then have to come. */
export class Hygiene {
  #problems = [];
  #expected = new Map();
  #allowed = [];

  /** The pages will answer with these statuses, each at least once. */
  expectStatus(...statuses) {
    for (const status of statuses) this.#expected.set(status, this.#expected.get(status) ?? 0);
  }

  /** Messages like this one are what the test is about. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  /** Watches a browser context. */
  async watch(context, { javaScriptEnabled = true } = {}) {
    // Heard in the page itself, too: not every breach of the policy is logged.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`securitypolicyviolation: ${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    context.on('console', (message) => {
      // Where scripts are switched off, what was fetched for them ahead of time is not used.
      if (javaScriptEnabled || !/was preloaded using link preload but not used/.test(message.text())) this.#heard(message);
    });
    context.on('weberror', (error) => {
      const { stack, name, message } = error.error();
      // A change from page to page that the browser did not animate, being busy, is told as an error without any word.
      // What a script throws has at least a stack.
      if (stack || message) this.#note(`uncaught: ${stack || `${name}: ${message}`}`);
    });
    context.on('response', (response) => this.#answered(response));
    context.on('requestfailed', (request) => {
      const { errorText } = request.failure() ?? {};
      // The browser's own doing: a page was left before all of it had come, or scripts are switched off.
      const isOwn = errorText === 'net::ERR_ABORTED' || (!javaScriptEnabled && request.resourceType() === 'script');
      if (!isOwn) this.#note(`failed: ${request.url()} ${errorText}`);
    });
  }

  #heard(message) {
    const [, status] = message.text().match(STATUS) ?? [];
    if (!['error', 'warning'].includes(message.type()) || this.#expected.has(Number(status))) return;
    this.#note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  }

  #answered(response) {
    const status = response.status();
    if (status < 400) return;
    if (this.#expected.has(status) && status < 500) this.#expected.set(status, this.#expected.get(status) + 1);
    else this.#note(`status ${status}: ${response.request().method()} ${response.url()}`);
  }

  #note(problem) {
    if (!this.#allowed.some((pattern) => pattern.test(problem))) this.#problems.push(problem);
  }

  /** All that was wrong. */
  problems() {
    const missing = [...this.#expected].filter(([, times]) => times === 0).map(([status]) => `no answer had the status ${status}`);
    return [...this.#problems, ...missing];
  }
}
