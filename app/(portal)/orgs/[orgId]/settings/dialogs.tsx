import type { ReactNode } from "react";
import type { AuthSession } from "@/lib/sessions/queries";
import type { SearchParams } from "@/lib/web/page";
import { AddRadsecDialog, AuthorityDialog, DeviceDialog, RadsecDialog, RemoveDeviceDialog, RemoveRadsecDialog, SetDeviceDialog } from "./certificates/dialogs";
import { LinkAccountDialog } from "./application-insights/dialog";
import { TestCloudSharkDialog } from "./cloudshark/dialog";
import { DeleteOrganizationDialog } from "./delete-organization/dialog";
import { AssignMspDialog, EndMspDialog } from "./managed-service-provider/dialogs";
import type { PanelProps } from "./panels";

export type DialogProps = Omit<PanelProps, "times"> & { session: AuthSession; query: SearchParams; closeHref: string };

/** The dialogs of the sections, by the value of `dialog` in the query string. */
export const dialogs: Readonly<Record<string, (props: DialogProps) => ReactNode | Promise<ReactNode>>> = {
  "assign-msp": AssignMspDialog,
  "end-msp": EndMspDialog,
  "view-certificate": AuthorityDialog,
  "add-radsec-certificate": AddRadsecDialog,
  "radsec-certificate": RadsecDialog,
  "remove-radsec-certificate": RemoveRadsecDialog,
  "ap-certificate": SetDeviceDialog,
  "view-ap-certificate": DeviceDialog,
  "remove-ap-certificate": RemoveDeviceDialog,
  "test-cloudshark": TestCloudSharkDialog,
  "link-account": LinkAccountDialog,
  "delete-organization": DeleteOrganizationDialog,
};
