// Google's clients would look for a metadata server on the network; tests that want one start the local cloud.
process.env.METADATA_SERVER_DETECTION ??= 'none'
