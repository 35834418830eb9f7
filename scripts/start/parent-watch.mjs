process.on("disconnect", () => process.exit(1));
process.channel?.unref();
