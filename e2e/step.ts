/** Says what is being done: these tests take minutes. */
export function step(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
