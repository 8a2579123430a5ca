output "goals" {
  description = "SLO → its goal."
  value = {
    for slo in [
      google_monitoring_slo.availability, google_monitoring_slo.latency, google_monitoring_slo.delivery,
      google_monitoring_slo.freshness, google_monitoring_slo.upload_to_insight,
    ] : slo.slo_id => slo.goal
  }
}

