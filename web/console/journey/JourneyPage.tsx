import { useParams } from '@tanstack/react-router';
import { JourneyView } from './JourneyView.tsx';

/** The full page of what the drawer shows. */
export const JourneyPage = () => {
  const { id } = useParams({ strict: false }) as { id: string };
  return <JourneyView key={id} id={id} asPage />;
};
