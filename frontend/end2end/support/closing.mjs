// The last lines of a run: the figures that tests have taken, and how it went.

export default class Closing {
  #began = Date.now();
  #figures = [];
  #outcomes = {};

  printsToStdio() {
    return false;
  }

  onTestEnd(test, result) {
    this.#figures.push(...result.annotations.filter(({ type }) => type === 'figure').map(({ description }) => description));
    const outcome = { expected: 'passed', unexpected: 'failed', flaky: 'flaky', skipped: 'skipped' }[test.outcome()];
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
  }

  onEnd({ status }) {
    const counts = Object.entries(this.#outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    const seconds = Math.round((Date.now() - this.#began) / 1000);
    if (this.#figures.length) console.log(['', ...this.#figures].join('\n'));
    console.log(`\nBrowser tests: ${status}; ${counts.join(', ') || 'none ran'} in ${seconds} s. Screenshots: frontend/end2end/screenshots/`);
  }
}
