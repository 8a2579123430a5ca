export { replayDockerfile } from './replay-dockerfile.ts'
export { SERVICES, type ServiceName } from './services.ts'
export { type StartCommand, startCommand } from './start-command.ts'
