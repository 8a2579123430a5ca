# Identity Platform, not Firebase Authentication: only the former is covered by Google's HIPAA agreement.
resource "google_identity_platform_config" "this" {
  project            = var.project_id
  authorized_domains = var.authorized_domains

  sign_in {
    allow_duplicate_emails = false

    email {
      enabled           = true
      password_required = true
    }

    anonymous {
      enabled = false
    }
  }

  client {
    permissions {
      # An account ends with everything that belongs to it, through the API alone.
      disabled_user_deletion = true
      disabled_user_signup   = false
    }
  }

  mfa {
    state = "ENABLED"

    provider_configs {
      state = "ENABLED"

      totp_provider_config {
        adjacent_intervals = 1
      }
    }
  }

  monitoring {
    # Request logs of sign-in hold e-mail addresses.
    request_logging {
      enabled = false
    }
  }
}
