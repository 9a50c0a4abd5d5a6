"""The portal's languages: core catalogues in Uzbek and the step that builds them all."""
