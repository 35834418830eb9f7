import { expect, test } from "vitest";
import { permissionNames, roleMatrix, rolePermissions } from "@/lib/shared/permissions";
import { roleNames } from "@/lib/shared/roles";

test("ADM-2: the matrix of roles contains every permission of every area once, with exactly the roles that hold it", () => {
  const rows = roleMatrix.flatMap(({ permissions }) => permissions);
  expect(rows.map(({ name }) => name)).toEqual(permissionNames);
  const held = (role: (typeof roleNames)[number]) => rows.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  for (const role of roleNames) expect([role, held(role)]).toEqual([role, rolePermissions[role]]);
});
