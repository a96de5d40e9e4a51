import { get as getOverHttp } from "node:http";
import { get as getOverHttps } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** What became of a request. Times are milliseconds since an arbitrary moment. */
export interface Answer {
  readonly begin: number;
  readonly end: number;
  /** Status code; undefined if the connection failed. */
  readonly status?: number;
  readonly body: string;
}

export function isGood({ status }: Answer): boolean {
  return status === 200;
}

/** One request, over a connection of its own; any certificate will do, as it does for AWS's balancer. */
export function request(url: string): Promise<Answer> {
  const begin = performance.now();
  const get = url.startsWith("https:") ? getOverHttps : getOverHttp;
  return new Promise((resolve) => {
    const fail = () => resolve({ begin, end: performance.now(), body: "" });
    get(url, { agent: false, rejectUnauthorized: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ begin, end: performance.now(), status: response.statusCode, body }));
      response.on("error", fail);
    }).on("error", fail);
  });
}

/** Many requests, so many of them at a time. */
export async function requests(url: string, count: number, atATime = 1): Promise<Answer[]> {
  const answers: Answer[] = [];
  let begun = 0;
  const askInTurn = async () => {
    while (begun++ < count) answers.push(await request(url));
  };
  await Promise.all(Array.from({ length: atATime }, askInTurn));
  return answers;
}

/** Requests at a steady rate, whether or not those before are answered, until it is stopped. */
export class SteadyLoad {
  private readonly answers: Promise<Answer>[] = [];
  private readonly timer: NodeJS.Timeout;

  public constructor(url: string, perSecond: number) {
    this.timer = setInterval(() => this.answers.push(request(url)), 1000 / perSecond);
  }

  public async runFor(seconds: number): Promise<void> {
    await sleep(seconds * 1000);
  }

  /** Ends it, and waits for the answers that are outstanding. */
  public async stop(): Promise<Answer[]> {
    clearInterval(this.timer);
    return Promise.all(this.answers);
  }
}

/** Longest time in seconds between two good answers. */
export function longestSilence(answers: readonly Answer[]): number {
  const ends = answers.filter(isGood).map(({ end }) => end);
  ends.sort((left, right) => left - right);
  const gaps = ends.slice(1).map((end, index) => end - ends[index]!);
  return Math.max(0, ...gaps) / 1000;
}
