const nothing = () => Response.json({ detail: "Not found." }, { status: 404 });

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
