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

# Applied, because what leads to what is known only then.
run "the_edge_speaks_tls_and_looks_at_every_request" {
  command = apply

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
    condition = (
      google_compute_global_forwarding_rule.https.target == google_compute_target_https_proxy.this.id &&
      google_compute_target_https_proxy.this.url_map == google_compute_url_map.https.id &&
      google_compute_target_https_proxy.this.ssl_policy == google_compute_ssl_policy.this.id &&
      tolist(google_certificate_manager_certificate_map_entry.this.certificates) == tolist([google_certificate_manager_certificate.this.id]) &&
      google_compute_global_forwarding_rule.redirect.target == google_compute_target_http_proxy.redirect.id &&
      google_compute_target_http_proxy.redirect.url_map == google_compute_url_map.redirect.id
    )
    error_message = "HTTPS leads elsewhere or has no certificate, or HTTP is not redirected."
  }

  assert {
    condition     = google_compute_backend_service.this.security_policy == google_compute_security_policy.this.id
    error_message = "Nothing looks at the requests."
  }

  assert {
    condition = jsonencode({
      for rule in google_compute_security_policy.this.rule : rule.priority => rule.rate_limit_options[0].exceed_action if rule.action == "throttle"
    }) == jsonencode({ 2000 = "deny(429)", 2100 = "deny(502)" })
    error_message = "A client's share is not limited, or an upload that is refused would be thrown away."
  }

  assert {
    condition = alltrue([
      for path in ["/push/", "/internal/", "/metrics"] : anytrue([
        for rule in google_compute_security_policy.this.rule :
        rule.action == "deny(404)" && !coalesce(rule.preview, false) && strcontains(try(rule.match[0].expr[0].expression, ""), "startsWith('${path}')")
      ])
    ])
    error_message = "What is internal is reachable from outside."
  }

  assert {
    condition = length([
      for rule in google_compute_security_policy.this.rule : rule
      if strcontains(coalesce(rule.description, ""), "OWASP") && rule.action == "deny(403)" && !coalesce(rule.preview, false)
    ]) == 11
    error_message = "A set of OWASP rules is missing, or refuses nothing."
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
    condition = (
      google_dns_managed_zone.run.visibility == "private" && google_dns_record_set.run.name == "*.run.app." &&
      toset(google_dns_record_set.run.rrdatas) == toset([for host in range(4) : cidrhost(google_compute_route.google.dest_range, host)]) &&
      google_compute_route.google.dest_range == "199.36.153.8/30"
    )
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
    condition = length(setsubtract(
      [for name in ["aiplatform", "artifactregistry", "cloudkms", "firestore", "logging", "pubsub", "run", "secretmanager", "storage"] : "${name}.googleapis.com"],
      google_access_context_manager_service_perimeter.this.spec[0].restricted_services,
    )) == 0
    error_message = "Health data is outside of the perimeter."
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

  assert {
    condition = (
      google_logging_project_sink.audit.filter == "logName:\"cloudaudit.googleapis.com\"" &&
      endswith(google_logging_project_sink.audit.destination, "/buckets/${google_logging_project_bucket_config.audit.bucket_id}")
    )
    error_message = "Audit logs do not reach the locked bucket."
  }

  assert {
    condition = alltrue([
      for exclusion in [google_logging_project_exclusion.private, google_logging_project_exclusion.probes] :
      startswith(exclusion.filter, "resource.type=\"cloud_run_revision\" AND ")
    ]) && endswith(google_logging_project_exclusion.probes.filter, "AND httpRequest.status=200")
    error_message = "More than the services' own lines is left out, or a probe that fails."
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
