import { defineSection } from "./section";

export const certificates = defineSection({
  id: "certificates",
  title: "Certificates",
  description: "Certificates for RadSec, by which access points and servers trust each other.",
});
