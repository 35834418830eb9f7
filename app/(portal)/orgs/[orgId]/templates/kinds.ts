import { radioTower, router, wifi } from "@/components/ui/icons";

/** The kinds of templates by the path of their list, in words. */
export const templateKinds = {
  "rf-templates": { title: "RF Templates", one: "RF template", many: "RF templates", button: "RF Template", about: "Radio settings that sites share. A site uses one RF template.", icon: radioTower },
  "wlan-templates": { title: "WLAN Templates", one: "WLAN template", many: "WLAN templates", button: "WLAN Template", about: "Wireless networks that are applied together to the organization, to site groups or to sites.", icon: wifi },
  "device-profiles": { title: "Device Profiles", one: "device profile", many: "device profiles", button: "Device Profile", about: "Settings that access points, switches or gateways share.", icon: router },
} as const;

export type TemplateList = keyof typeof templateKinds;

/** The kinds whose pages are a form of sections. */
export type SectionTemplateList = Exclude<TemplateList, "wlan-templates">;

/** The pages of templates, which lead to each other. */
export const templatePages = Object.entries(templateKinds).map(([path, { title }]) => ({ path, title }));

export const deviceTypes = [
  { value: "ap", label: "Access point" },
  { value: "switch", label: "Switch" },
  { value: "gateway", label: "Gateway" },
];
