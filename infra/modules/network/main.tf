# The way from ingestion to the private services: their run.app names resolve to addresses that only this network
# reaches, so Cloud Run sees the call as internal. There is no way out to the internet.
locals {
  # private.googleapis.com
  google_addresses = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"]
  google_cidr      = "199.36.153.8/30"
}

resource "google_compute_network" "this" {
  project                         = var.project_id
  name                            = "clarity"
  auto_create_subnetworks         = false
  delete_default_routes_on_create = true
}

resource "google_compute_subnetwork" "this" {
  project                  = var.project_id
  name                     = "clarity-${var.region}"
  region                   = var.region
  network                  = google_compute_network.this.id
  ip_cidr_range            = var.subnet_cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_route" "google" {
  project          = var.project_id
  name             = "clarity-google-apis"
  network          = google_compute_network.this.id
  dest_range       = local.google_cidr
  next_hop_gateway = "default-internet-gateway"
}

resource "google_compute_firewall" "google_out" {
  project            = var.project_id
  name               = "clarity-allow-google-apis"
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = [local.google_cidr]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_compute_firewall" "nothing_else_out" {
  project            = var.project_id
  name               = "clarity-deny-egress"
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 65534
  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_dns_managed_zone" "run" {
  project     = var.project_id
  name        = "clarity-run-app"
  dns_name    = "run.app."
  description = "Cloud Run's names, inside the network."
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = google_compute_network.this.id
    }
  }
}

resource "google_dns_record_set" "run" {
  project      = var.project_id
  managed_zone = google_dns_managed_zone.run.name
  name         = "*.run.app."
  type         = "A"
  ttl          = 300
  rrdatas      = local.google_addresses
}
