mock_provider "google" {}

variables {
  project_id     = "clarity-test"
  project_number = "123456789012"
  region         = "us-central1"
  kms_key_id     = "projects/clarity-test/locations/us-central1/keyRings/clarity/cryptoKeys/any"

  service_name   = "ingestion"
  domain         = "api.example.org"
  access_policy  = "1"
  name           = "clarity"
  operators      = ["user:sre@example.org"]
  retention_days = 2192
}

run "the_edge_speaks_tls_and_looks_at_every_request" {
  command = plan

  module {
    source = "../edge"
  }

  assert {
    condition     = google_compute_ssl_policy.this.min_tls_version == "TLS_1_2" && google_compute_ssl_policy.this.profile == "RESTRICTED"
    error_message = "Old TLS is spoken."
  }

  assert {
    condition     = google_compute_url_map.redirect.default_url_redirect[0].https_redirect
    error_message = "Plain HTTP is answered."
  }

  assert {
    condition     = google_compute_backend_service.this.load_balancing_scheme == "EXTERNAL_MANAGED" && google_compute_global_forwarding_rule.https.port_range == "443"
    error_message = "The load balancer is of another kind."
  }

  assert {
    condition     = length([for rule in google_compute_security_policy.this.rule : rule if rule.action == "throttle"]) == 2
    error_message = "A client's share is not limited."
  }

  assert {
    condition     = length([for rule in google_compute_security_policy.this.rule : rule if strcontains(coalesce(rule.description, ""), "OWASP")]) == 11
    error_message = "A set of OWASP rules is missing."
  }
}

run "the_network_has_no_way_out_but_to_google" {
  command = plan

  module {
    source = "../network"
  }

  assert {
    condition     = google_compute_network.this.delete_default_routes_on_create && google_compute_subnetwork.this.private_ip_google_access
    error_message = "There is a way to the internet, or none to Google."
  }

  assert {
    condition     = one(google_compute_firewall.nothing_else_out.deny).protocol == "all" && tolist(google_compute_firewall.google_out.destination_ranges)[0] == "199.36.153.8/30"
    error_message = "More than Google's addresses can be reached."
  }

  assert {
    condition     = google_dns_managed_zone.run.visibility == "private" && google_dns_record_set.run.name == "*.run.app."
    error_message = "The private services are not found inside the network."
  }
}

run "the_perimeter_starts_as_a_dry_run" {
  command = plan

  module {
    source = "../perimeter"
  }

  assert {
    condition     = google_access_context_manager_service_perimeter.this.use_explicit_dry_run_spec && length(google_access_context_manager_service_perimeter.this.status) == 0
    error_message = "The perimeter refuses before anybody has seen what it would."
  }

  assert {
    condition     = contains(google_access_context_manager_service_perimeter.this.spec[0].restricted_services, "storage.googleapis.com")
    error_message = "Raw uploads are outside of the perimeter."
  }
}

run "audit_logs_are_whole_encrypted_and_locked" {
  command = plan

  module {
    source = "../audit"
  }

  assert {
    condition     = google_logging_project_bucket_config.audit.locked && google_logging_project_bucket_config.audit.retention_days == 2192
    error_message = "Audit logs could be deleted early."
  }

  assert {
    condition     = google_logging_project_bucket_config.audit.cmek_settings[0].kms_key_name == var.kms_key_id
    error_message = "Audit logs have no key of ours."
  }

  assert {
    condition = (
      google_project_iam_audit_config.all.service == "allServices" &&
      toset([for config in google_project_iam_audit_config.all.audit_log_config : config.log_type]) == toset(["ADMIN_READ", "DATA_READ", "DATA_WRITE"])
    )
    error_message = "Some access leaves no trace."
  }
}

run "everybody_is_no_operator" {
  command = plan

  module {
    source = "../perimeter"
  }

  variables {
    operators = ["allUsers"]
  }

  expect_failures = [var.operators]
}
