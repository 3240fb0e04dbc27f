// The launcher ends the extension host itself, so nothing has to watch the parent process.
exports.start = () => {};
exports.exit = (code) => process.exit(code);
