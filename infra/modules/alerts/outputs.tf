output "notification_channels" {
  description = "Names of the channels."
  value       = local.channels
}

output "runbooks" {
  description = "Names of the runbooks that alerts lead to."
  value       = sort(distinct([for alert in values(local.alerts) : alert.runbook]))
}

