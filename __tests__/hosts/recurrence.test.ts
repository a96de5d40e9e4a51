import { isRecurrence } from "../../lib/hosts/scaling/recurrence";

describe("a recurrence", () => {
  it.each([
    "0 7 * * 1-5",
    "*/15 8-18 * * MON-FRI",
    "0 0 1 JAN,JUL *",
    "30 22 1-15/2 * sun",
    "59 23 31 12 7",
    "0  7 * * *",
  ])("is %s", (text) => {
    expect(isRecurrence(text)).toBe(true);
  });

  it.each([
    "",
    "0 7 * *",
    "0 7 * * * *",
    "60 7 * * *",
    "0 24 * * *",
    "0 7 0 * *",
    "0 7 * 13 *",
    "0 7 * * 8",
    "0 7 * * MON-",
    "0 7 * * MON-XX",
    "0 20-7 * * *",
    "5/10 * * * *",
    "*/0 * * * *",
    "0 7 ? * *",
    "1,,2 * * * *",
    "-1 * * * *",
    "1-2-3 * * * *",
  ])('is not "%s"', (text) => {
    expect(isRecurrence(text)).toBe(false);
  });
});
