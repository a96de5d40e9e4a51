import { plan } from "cdktf-tandem/testing";
import { uploads } from "./uploads";

it("plans a bucket whose objects expire", async () => {
  expect(await plan(uploads(30))).toMatchSnapshot();
});

it("keeps the bucket when the expiry changes, and replaces it when its name does", async () => {
  expect(await plan(uploads(30), uploads(90))).toReplaceNothing();
  expect(await plan(uploads(30), uploads(30, "acme-files"))).toMatchSnapshot();
});
