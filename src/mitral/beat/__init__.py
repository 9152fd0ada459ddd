"""One settled beat: waveforms, landmarks, files."""
