output "network" {
  description = "Name of the network."
  value       = google_compute_network.this.name
}

output "subnetwork" {
  description = "Name of the subnet for Direct VPC egress."
  value       = google_compute_subnetwork.this.name
}

