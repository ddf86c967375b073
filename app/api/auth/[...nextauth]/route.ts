export { GET, POST } from '@/lib/sign-in/auth';
