locals {
  # The OWASP rule sets at their surest level. Not methodenforcement: it refuses PUT and DELETE.
  rule_sets = [
    "sqli-v33-stable", "xss-v33-stable", "lfi-v33-stable", "rfi-v33-stable", "rce-v33-stable", "scannerdetection-v33-stable",
    "protocolattack-v33-stable", "sessionfixation-v33-stable", "java-v33-stable", "nodejs-v33-stable", "cve-canary",
  ]

  # Bodies of health data (XML, free text from devices) look like attacks to rules for forms, and some clients throw
  # data away when they are refused. These bodies are stored as bytes and only ever read by the service's own parsers.
  is_upload = "request.path.matches('^/api/v1/(health-data/upload|pat/analyze)')"
  is_auth   = "request.path.startsWith('/api/v1/auth/')"
}

resource "google_compute_security_policy" "this" {
  project     = var.project_id
  name        = "clarity-api"
  description = "What may reach the public API."
  type        = "CLOUD_ARMOR"

  advanced_options_config {
    json_parsing = "STANDARD"
    log_level    = "NORMAL"
  }

  adaptive_protection_config {
    layer_7_ddos_defense_config {
      enable          = true
      rule_visibility = "STANDARD"
    }
  }

  # Pushes come from Pub/Sub to the service's own name; nobody sends them from the internet.
  rule {
    action      = "deny(404)"
    priority    = 100
    description = "Nothing internal is reachable from outside."

    match {
      expr {
        expression = "request.path.startsWith('/push/') || request.path.startsWith('/internal/') || request.path.startsWith('/metrics')"
      }
    }
  }

  dynamic "rule" {
    for_each = local.rule_sets

    content {
      action      = "deny(403)"
      priority    = 1000 + 10 * rule.key
      description = "OWASP: ${rule.value}"

      match {
        expr {
          expression = "!${local.is_upload} && evaluatePreconfiguredWaf('${rule.value}', {'sensitivity': 1})"
        }
      }
    }
  }

  rule {
    action      = "throttle"
    priority    = 2000
    description = "Guessing of passwords and codes."

    match {
      expr {
        expression = local.is_auth
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = ceil(var.requests_per_minute / 10)
        interval_sec = 60
      }
    }
  }

  # 502, because a client that is refused with a 4xx may give up data that it would send again after a 5xx.
  rule {
    action      = "throttle"
    priority    = 2100
    description = "One client's share."

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(502)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
  }

  rule {
    action      = "allow"
    priority    = 2147483647
    description = "All else."

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}
