import { allowsAnywhere, covers, statementsOf } from "./policies";

const ACCOUNT = '${element(split(":", aws_vpc.a.arn), 4)}';

describe("statementsOf", () => {
  it("reads a policy with expressions that have quotes and braces in them", () => {
    const policy = `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":"kms:*","Resource":"*"}]}`;
    expect(statementsOf(policy)).toEqual([
      {
        effect: "Allow",
        actions: ["kms:*"],
        resources: ["*"],
        principals: [expect.stringMatching(/^AWS:arn:aws:iam::\$\{.*aws_vpc\.a\.arn.*\}:root$/)],
        conditions: {},
      },
    ]);
  });

  it("fails for a policy that it can't read, so that no check passes by that", () => {
    expect(() => statementsOf("${data.aws_iam_policy_document.a.json}")).toThrow(SyntaxError);
  });
});

describe("covers", () => {
  it.each([
    ["s3:*", "s3:GetObject", true],
    ["s3:get?bject", "s3:GetObject", true],
    ["*", "s3:GetObject", true],
    ["s3:Get*", "s3:PutObject", false],
    ["s3.GetObject", "s3:GetObject", false],
  ])("%s covers %s: %s", (pattern, action, expected) => {
    expect(covers(pattern, action)).toBe(expected);
  });
});

describe("allowsAnywhere", () => {
  const statement = { effect: "Allow", actions: ["s3:*"], principals: [], conditions: {} };

  it("is of statements about every resource", () => {
    expect(allowsAnywhere({ ...statement, resources: ["*"] }, "s3:GetObject")).toBe(true);
    expect(allowsAnywhere({ ...statement, resources: ["arn:aws:s3:::a"] }, "s3:GetObject")).toBe(false);
  });
});
