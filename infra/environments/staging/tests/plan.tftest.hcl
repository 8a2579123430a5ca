mock_provider "google" {}

# What every environment must hold is asked by the system module itself; here its answers for these values.
run "these_values_make_a_system" {
  command = plan
}
