// A test host has no identity of its own.
exports.getDeviceId = async () => "00000000-0000-0000-0000-000000000000";
