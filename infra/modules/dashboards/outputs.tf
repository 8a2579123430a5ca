output "dashboards" {
  description = "Titles of the dashboards."
  value       = keys(local.tiles)
}

