/** What a command needs of the machine to find programs and npm's cache. */
export const machineEnvironment = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }
