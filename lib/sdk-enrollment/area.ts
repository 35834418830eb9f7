import { defineArea } from "../shared/define-area.ts";

export const sdkEnrollment = defineArea({
  name: "sdk-enrollment",
  screenshots: [{ name: "sdk-key-unknown", path: "/enroll/unknown-key-of-an-app", visitor: true, expectedStatus: 404 }],
});
